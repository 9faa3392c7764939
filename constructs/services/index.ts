export { api } from './api';
export { web } from './web';
