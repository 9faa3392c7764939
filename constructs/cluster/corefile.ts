import { REGISTRY_DNS_ADDRESS } from '../../model/address-plan';
import { DiscoveryKind } from '../../model/discovery-kinds';

/** What the cluster's DNS answers: what EKS gives it, and beside it the names of the registry, asked at its servers. */
export const corefile = (discovery: DiscoveryKind): string =>
  [
    block('.', [
      'errors',
      'health {',
      '    lameduck 5s',
      '}',
      'ready',
      'kubernetes cluster.local in-addr.arpa ip6.arpa {',
      '    pods insecure',
      '    fallthrough in-addr.arpa ip6.arpa',
      '}',
      'prometheus :9153',
      'forward . /etc/resolv.conf',
      'cache 30',
      'loop',
      'reload',
      'loadbalance',
    ]),
    // Readiness decides who is in the answer, so it is not kept for long.
    ...(discovery === 'none' ? [] : [block(discovery, ['errors', 'cache 5', `forward . ${REGISTRY_DNS_ADDRESS}`])]),
  ].join('\n');

const block = (zone: string, lines: readonly string[]): string =>
  [`${zone}:53 {`, ...lines.map((line) => `    ${line}`), '}', ''].join('\n');
