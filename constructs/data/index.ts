export { postgresql } from './postgresql';
export { sqs } from './sqs';
