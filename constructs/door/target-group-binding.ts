import { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { ProductSite, namespaceName } from '../../model/naming';
import { LocalChart } from '../chart/local-chart';

export interface TargetGroupBindingProps {
  readonly site: ProductSite;
  readonly service: string;
  readonly tier: string;
  readonly port: number;
  readonly targetGroupArn: string;
  readonly origin: string;
  /** The Service that it names: without it, the controller would pass over the first pods. */
  readonly found: ITerraformDependable;
}

/** Pods of a service become targets of its target group by their own addresses, and drain one by one. */
export class TargetGroupBinding extends Construct {
  /** What pods that should be targets from their first moment wait for. */
  readonly release: ITerraformDependable;

  constructor(
    scope: Construct,
    id: string,
    { site, service, tier, port, targetGroupArn, origin, found }: TargetGroupBindingProps,
  ) {
    super(scope, id);
    this.release = new LocalChart(this, 'Resource', {
      chart: 'target-group-binding',
      release: `${service}-binding`,
      namespace: namespaceName(site, tier),
      values: { name: service, port, targetGroupArn, origin },
      after: [found],
    }).release;
  }
}
