export { RadioList, Segments, TickRow as CheckRow, type Option } from '../../ui/choice.tsx';
