import { ServiceBuilder } from './builder';
import { httpService } from './http';

/** An HTTP API: a deployment that others call by name, and a host where it has one. */
export const api: ServiceBuilder<'api'> = httpService;
