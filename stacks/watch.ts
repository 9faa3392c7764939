import { Construct } from 'constructs';
import { Alarm } from '../constructs/watch/alarm';
import { Dashboard } from '../constructs/watch/dashboard';
import { RuleGroup } from '../constructs/watch/rule-group';
import { ProductSite, productStack } from '../model/naming';
import { CloudWatchMeasure, PrometheusMeasure, Signal } from '../model/signals';
import { Watched } from '../model/watched';
import { AwsStack } from './base';

export interface WatchStackProps {
  readonly site: ProductSite;
  readonly watched: readonly Watched[];
}

/** Every signal of a product, rendered where it is measured. It knows no kind: rows say all there is to say. */
export class WatchStack extends AwsStack {
  constructor(scope: Construct, { site, watched }: WatchStackProps) {
    super(scope, productStack(site, 'watch'), site);
    if (watched.some(({ signals }) => signals.length > 0))
      new Dashboard(this, 'dashboard', { site, watched, known: this.known.bind(this, site) });
    const [alarms, rules] = [new Construct(this, 'alarms'), new Construct(this, 'rules')];
    for (const { subject, signals } of watched) {
      const place = new Construct(alarms, subject);
      for (const signal of signals.filter(isCloudWatch))
        new Alarm(place, signal.id, { site, subject, signal, known: this.known.bind(this, site) });
      const own = signals.filter(isPrometheus);
      if (own.length > 0)
        new RuleGroup(rules, subject, {
          site,
          subject,
          signals: own,
          workspaceId: this.known(site, { from: 'platform', output: 'metrics-workspace-id' }),
        });
    }
  }
}

const isCloudWatch = (signal: Signal): signal is Signal & { readonly measure: CloudWatchMeasure } =>
  signal.measure.source === 'cloudwatch';
const isPrometheus = (signal: Signal): signal is Signal & { readonly measure: PrometheusMeasure } =>
  signal.measure.source === 'prometheus';
