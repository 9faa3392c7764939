/**
 * What the policy scanner asks for and does not get, each with the reason. A finding that is not here fails the test;
 * so does a row that no finding needs any more.
 */
export interface PolicyException {
  readonly rules: readonly string[];
  /** `<stack>: <resource>` as the scanner spells it; rules that look at one resource alone drop its type. */
  readonly at: RegExp;
  readonly because: string;
}

export const POLICY_EXCEPTIONS: readonly PolicyException[] = [
  {
    rules: ['CKV_AWS_109', 'CKV_AWS_111', 'CKV_AWS_356'],
    at: /: data\.(\w+(-\w+)*_)?key_policy$/,
    because: 'in the policy of a key `*` is that key itself, and whom it gives to the account is decided by IAM',
  },
  {
    rules: ['CKV_AWS_260'],
    at: /-gateway: resource\.gateway_gateway-http_in$/,
    because: 'port 80 answers with a redirect to HTTPS and nothing else',
  },
  {
    rules: ['CKV_AWS_25'],
    at: /-cluster: resource\.baseline_shared-pool_in$/,
    because:
      'it lets nodes of the shared pool reach each other, and no address of the world; policies close per service',
  },
  {
    rules: ['CKV_AWS_378'],
    at: /-tier: aws_lb_target_group\.services_[\w-]+_door$/,
    because: 'TLS ends at the load balancer, and only its group may reach the pods behind it',
  },
  {
    rules: ['CKV2_AWS_76'],
    at: /-gateway: aws_lb\.gateway$/,
    because:
      'Log4j is turned away by KnownBadInputs; the list of anonymous addresses it wants besides would turn away visitors behind a VPN',
  },
  {
    rules: ['CKV_AWS_145'],
    at: /: aws_s3_bucket\.gateway_access-logs$/,
    because: 'the load balancer can write its logs under no other key than that of S3',
  },
  {
    rules: ['CKV_AWS_18'],
    at: /: aws_s3_bucket\.gateway_access-logs$/,
    because: 'a log of who reads logs would need a log of its own',
  },
  {
    rules: ['CKV_AWS_144'],
    at: /: aws_s3_bucket\.gateway_access-logs$/,
    because: 'who visited is personal data: no second copy in another region',
  },
  {
    rules: ['CKV2_AWS_62'],
    at: /: aws_s3_bucket\.gateway_access-logs$/,
    because: 'nothing waits for a log file to arrive',
  },
  {
    rules: ['CKV_AWS_18', 'CKV_AWS_144', 'CKV2_AWS_62'],
    at: /-cluster: aws_s3_bucket\.snapshots$/,
    because:
      'copies of a registry of one region, which fills itself again from what runs there; one job adds to it, and nobody waits',
  },
  {
    rules: ['CKV2_AWS_5'],
    at: /-gateway: aws_security_group\.tier-[\w-]+$/,
    because:
      'the nodes that wear it stand in the stack of their tier, where the scanner does not follow; a test here does',
  },
  {
    rules: ['CKV_AWS_116'],
    at: /-data: resource\.stores_[\w-]+_access$/,
    because:
      'a rotation that failed is tried again by Secrets Manager, the rest by the next hour; an alarm counts errors',
  },
  {
    rules: ['CKV_AWS_115'],
    at: /-data: resource\.stores_[\w-]+_access$/,
    because:
      'reserving for each store would take from the account what other functions need; locks of the database order calls',
  },
  {
    rules: ['CKV_AWS_272'],
    at: /-data: resource\.stores_[\w-]+_access$/,
    because:
      'its code is built from this repository and deployed by its digest; signing would need a profile of the account',
  },
  {
    rules: ['CKV_AWS_50'],
    at: /-data: resource\.stores_[\w-]+_access$/,
    because: 'it runs once an hour and says in its log what it did; traces would need a way out of isolated subnets',
  },
  {
    rules: ['CKV2_AWS_38'],
    at: /-network: aws_route53_zone\.zone$/,
    because:
      'signing needs a record at the registrar of the domain, and a wrong one takes every host down: that is done by hand',
  },
  {
    rules: ['CKV2_AWS_39'],
    at: /-network: aws_route53_zone\.zone$/,
    because: 'queries can be logged in us-east-1 only, and say nothing that the load balancer does not',
  },
  {
    rules: ['CKV2_AWS_5'],
    at: /^lab-network: aws_security_group\.endpoints_group$/,
    because: 'without endpoints nothing wears it; it is there because what a network promises is the same everywhere',
  },
  {
    rules: ['CKV_AWS_338', 'CKV_AWS_157'],
    at: /^lab-/,
    because: 'a year of logs and a standby are what the golden path asks of production',
  },
  {
    rules: ['CKV_AWS_150'],
    at: /^lab-market-gateway: resource\.gateway$/,
    because: 'its product is retired: its door must be deletable',
  },
  {
    rules: ['CKV_K8S_11'],
    at: /-services: resource\.services_[\w-]+_workload$/,
    because: 'a limit of CPU throttles while the node idles; memory has one',
  },
  {
    rules: ['CKV_K8S_15'],
    at: /-services: resource\.services_[\w-]+_workload$/,
    because: 'images are named by digest, so what is there already is the same',
  },
];
