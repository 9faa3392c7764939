export { api } from './api';
export { cron } from './cron';
export { web } from './web';
export { worker } from './worker';
