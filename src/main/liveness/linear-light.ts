export { LINEAR_OF_BYTE, luminanceOf, toLinear, toSrgb, type LinearRgb } from '../../shared/domain/linear-light.ts';
