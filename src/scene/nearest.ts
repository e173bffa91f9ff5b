export { nearest } from '../math/nearest.ts';
