import { Construct } from 'constructs';
import { PlatformChart } from '../constructs/chart/platform-chart';
import { Classes } from '../constructs/controllers/classes';
import { loadBalancerController } from '../constructs/controllers/load-balancer';
import { metricsServer } from '../constructs/controllers/metrics-server';
import { nodeAutoscaler } from '../constructs/controllers/node-autoscaler';
import { queueScaler } from '../constructs/controllers/queue-scaler';
import { secretsDriver, secretsProvider } from '../constructs/controllers/secrets';
import { PlatformSpace } from '../constructs/space/platform-space';
import { networkContract } from '../model/contracts';
import { platformStack } from '../model/naming';
import { PlatformFacts } from '../model/resolved';
import { PlatformClusterStack } from './cluster-access';

/** What makes the cluster do what objects say, and the words that objects use. The load-balancer controller is first. */
export class ControllersStack extends PlatformClusterStack {
  constructor(scope: Construct, { platform }: { readonly platform: PlatformFacts }) {
    super(scope, 'controllers', platform);
    const network = this.read(platformStack(platform, 'network'), networkContract);
    const spaces = new Construct(this, 'spaces');
    const own = new PlatformSpace(spaces, 'controllers', { platform, name: 'platform-controllers' });
    const nodes = new PlatformSpace(spaces, 'nodes', { platform, name: 'platform-nodes' });
    new Classes(this, 'classes', { platform, volumesKeyArn: this.clusterRefs['volumes-key-arn'] });

    const charts = new Construct(this, 'charts');
    const { release: first } = new PlatformChart(charts, 'load-balancer', {
      ...loadBalancerController(platform, network['vpc-id']),
      after: [own.namespace],
    });
    new PlatformChart(charts, 'node-autoscaler', { ...nodeAutoscaler(platform), after: [first] });
    new PlatformChart(charts, 'metrics-server', { ...metricsServer(platform), after: [first] });
    new PlatformChart(charts, 'queue-scaler', { ...queueScaler(platform), after: [first] });
    const driver = new PlatformChart(charts, 'secrets-driver', {
      ...secretsDriver(platform),
      after: [nodes.namespace, first],
    });
    new PlatformChart(charts, 'secrets-provider', { ...secretsProvider(platform), after: [driver.release] });
  }
}
