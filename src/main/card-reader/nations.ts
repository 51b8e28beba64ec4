export { nationCode, nationName } from '../../shared/domain/nations.ts';
