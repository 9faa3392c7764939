/**
 * One set of numbers for every stop of a pod behind the load balancer, because each is only right beside the others.
 * SIGTERM and deregistration begin at the same moment, so the pause before SIGTERM must outlast both the health
 * check's own detection and the deregistration (aws-load-balancer-controller#1719, #2106).
 */
export const DRAIN = {
  healthIntervalSeconds: 10,
  unhealthyThreshold: 3,
  healthyThreshold: 2,
  healthTimeoutSeconds: 5,
  deregistrationSeconds: 30,
  pauseSeconds: 35,
  applicationSeconds: 30,
  graceSeconds: 70,
  balancerIdleSeconds: 60,
  keepAliveSeconds: 65,
} as const;
