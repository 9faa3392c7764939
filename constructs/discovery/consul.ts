import { REGISTRY_DNS_ADDRESS } from '../../model/address-plan';
import { QUORUM_STORAGE_CLASS } from '../../model/classes';
import { QuorumPlan } from '../../model/discovery';
import { platformImage } from '../../model/images';
import { COLLECTOR, LOGGED_NAMESPACES, PlatformNamespace } from '../../model/platform-namespaces';
import { ON_QUORUM_POOL, ON_SYSTEM_POOL, Placement } from '../../model/placement';
import { PlatformFacts } from '../../model/resolved';
import { roomOn } from '../../model/sizing';
import { ChartRow } from '../chart/platform-chart';
import { CLUSTER_CRITICAL, RESTRICTED_CONTAINER, RESTRICTED_POD, resourcesInstead } from '../chart/pods';
import { Snapshot } from './snapshot-job';

const NAME = 'consul';
const NAMESPACE: PlatformNamespace = 'platform-discovery';

/**
 * Servers of Consul, one on each node of the quorum pools, closed to whoever has no token, and every Service of the
 * cluster in their catalogue with its pods' readiness as health. Keys, certificates and tokens are made in the cluster
 * by the chart's own jobs, and never pass through here. No agent, no mesh: pods call each other by the names they know.
 */
export const consul = (platform: PlatformFacts, { need, type, pools }: QuorumPlan): ChartRow => {
  const room = roomOn(type);
  const share = (of: number): number => Math.floor(of * SHARE_OF_NODE);
  return {
    chart: 'consul',
    release: NAME,
    namespace: NAMESPACE,
    seconds: FIRST_ELECTION_SECONDS,
    values: {
      global: {
        name: NAME,
        // It can never change.
        datacenter: platform.platform,
        image: tagged(platform, 'consul'),
        imageK8S: tagged(platform, 'consul-k8s-control-plane'),
        logJSON: true,
        gossipEncryption: { autoGenerate: true },
        tls: { enabled: true, enableAutoEncrypt: true, verify: true, httpsOnly: true },
        acls: { manageSystemACLs: true, resources: resourcesInstead(50, 64), ...asText(ON_SYSTEM_POOL) },
        // Sent to the collector of the server's own node, because whoever reads them there would need a token.
        metrics: { enabled: true, enableAgentMetrics: true, disableAgentHostName: true, enableGatewayMetrics: false },
      },
      server: {
        enabled: true,
        replicas: need.servers,
        bootstrapExpect: need.servers,
        storage: `${need.volumeGib}Gi`,
        storageClass: QUORUM_STORAGE_CLASS,
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        // Nothing needs the certificates of a mesh.
        connect: false,
        resources: resourcesInstead(share(room.millicores), share(room.mib)),
        securityContext: { ...RESTRICTED_POD, runAsGroup: 1000, runAsUser: 100, fsGroup: 1000 },
        containerSecurityContext: { server: RESTRICTED_CONTAINER },
        disruptionBudget: { enabled: true, maxUnavailable: 1 },
        // One server on a node is the chart's own rule; this one keeps zones even, and a majority when one is lost.
        topologySpreadConstraints: text([
          {
            maxSkew: 1,
            minDomains: pools.length,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { app: NAME, release: NAME, component: 'server' } },
          },
        ]),
        ...asText(ON_QUORUM_POOL),
        priorityClassName: CLUSTER_CRITICAL,
        extraConfig: JSON.stringify(SERVER_CONFIG),
      },
      client: { enabled: false },
      connectInject: { enabled: false },
      ui: { enabled: false },
      dns: { enabled: true, clusterIP: REGISTRY_DNS_ADDRESS },
      syncCatalog: {
        enabled: true,
        default: true,
        toConsul: true,
        toK8S: false,
        k8sAllowNamespaces: ['*'],
        // What the platform runs for itself is nobody's to find.
        k8sDenyNamespaces: ['default', 'kube-public', 'kube-node-lease', ...LOGGED_NAMESPACES],
        addK8SNamespaceSuffix: true,
        syncClusterIPServices: true,
        cleanupNodeOnRemoval: true,
        consulNodeName: 'kubernetes',
        priorityClassName: CLUSTER_CRITICAL,
        resources: resourcesInstead(50, 128),
        ...asText(ON_SYSTEM_POOL),
      },
    },
  };
};

/** How it is saved, while it runs: https://developer.hashicorp.com/consul/commands/snapshot/save */
export const consulSnapshot: Snapshot = {
  image: 'consul',
  command: ['consul', 'snapshot', 'save', '/snapshot/state'],
  environment: {
    CONSUL_HTTP_ADDR: `https://${NAME}-server.${NAMESPACE}.svc:8501`,
    CONSUL_CACERT: '/registry/ca/tls.crt',
    CONSUL_HTTP_TOKEN_FILE: '/registry/token/token',
  },
  // Made by the chart's own jobs. Saving takes the right to everything, for tokens are in what is saved.
  secrets: { ca: `${NAME}-ca-cert`, token: `${NAME}-bootstrap-acl-token` },
};

/** https://developer.hashicorp.com/consul/docs/reference/agent/configuration-file */
const SERVER_CONFIG = {
  // The default is meant for the smallest machines; these are not.
  performance: { raft_multiplier: 1 },
  autopilot: {
    cleanup_dead_servers: true,
    last_contact_threshold: '200ms',
    max_trailing_logs: 250,
    server_stabilization_time: '10s',
  },
  telemetry: { statsd_address: COLLECTOR.serverMetrics },
} as const;

/** The rest of a node is for what comes and goes: jobs, a second server while nodes roll. */
const SHARE_OF_NODE = 0.85;
/** Volumes, certificates, an election, tokens; and a node of the shared pool for the hooks before all that. */
const FIRST_ELECTION_SECONDS = 1800;

const tagged = (platform: PlatformFacts, name: 'consul' | 'consul-k8s-control-plane'): string => {
  const { repository, tag } = platformImage(platform, name);
  return `${repository}:${tag}`;
};

/** The chart wants these as YAML inside of text, and JSON is YAML. */
const text = (value: unknown): string => JSON.stringify(value);
const asText = ({ nodeSelector, tolerations }: Placement) => ({
  nodeSelector: text(nodeSelector),
  tolerations: text(tolerations),
});
