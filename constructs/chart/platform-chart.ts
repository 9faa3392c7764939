import { Release } from '@cdktf/provider-helm/lib/release';
import { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { PlatformNamespace } from '../../model/platform-namespaces';
import { CHARTS, ChartName } from '../../model/versions';

/** A chart of others as the platform installs it: what it is called here, where it lives, and what it is told. */
export interface ChartRow {
  readonly chart: ChartName;
  readonly release: string;
  readonly namespace: PlatformNamespace;
  readonly values: Readonly<Record<string, unknown>>;
  /** How long it may take until everything in it answers; ten minutes, left out. */
  readonly seconds?: number;
}

export interface PlatformChartProps extends ChartRow {
  readonly after: readonly ITerraformDependable[];
}

/**
 * A chart of others, by the repository and the version of the dated table. Either all of it runs, or none of it stays:
 * a first install that fails would otherwise lie about outside the state.
 */
export class PlatformChart extends Construct {
  readonly release: ITerraformDependable;

  constructor(
    scope: Construct,
    id: string,
    { chart, release, namespace, values, after, seconds = USUAL_SECONDS }: PlatformChartProps,
  ) {
    super(scope, id);
    this.release = new Release(this, 'Resource', {
      name: release,
      namespace,
      repository: CHARTS[chart].repository,
      chart,
      version: CHARTS[chart].version,
      values: [JSON.stringify(values)],
      atomic: true,
      cleanupOnFail: true,
      wait: true,
      waitForJobs: true,
      timeout: seconds,
      maxHistory: 5,
      lint: false,
      ...(after.length > 0 && { dependsOn: [...after] }),
    });
  }
}

const USUAL_SECONDS = 600;
