export { contentsOf, type Contents, type ParkedStream } from './contents';
export { recompute } from './recompute';
