import { ServiceBuilder } from './builder';
import { httpService } from './http';

/** A public HTTP server: a host on the load balancer, and a deployment behind it. */
export const web: ServiceBuilder<'web'> = httpService;
