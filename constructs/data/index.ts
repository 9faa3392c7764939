export { postgresql } from './postgresql';
export { redis } from './redis';
export { sqs } from './sqs';
