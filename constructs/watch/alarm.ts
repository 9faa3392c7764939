import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { ProductSite, alertTopicArn, productName } from '../../model/naming';
import { Known } from '../../model/refs';
import { CloudWatchMeasure, Signal } from '../../model/signals';

export interface AlarmProps {
  readonly site: ProductSite;
  readonly subject: string;
  readonly signal: Signal & { readonly measure: CloudWatchMeasure };
  readonly known: (value: Known) => string;
}

/** A signal that CloudWatch measures. Its description says who owns it, what it means and what to do. */
export class Alarm extends Construct {
  constructor(scope: Construct, id: string, { site, subject, signal, known }: AlarmProps) {
    super(scope, id);
    const { measure, bad, meaning, todo, severity, silence } = signal;
    const actions = [alertTopicArn(site, severity)];
    new CloudwatchMetricAlarm(this, 'Resource', {
      alarmName: productName(site, subject, signal.id),
      alarmDescription: `${site.owner}: ${meaning}. What to do: ${todo}.`,
      namespace: measure.namespace,
      metricName: measure.metric,
      ...(measure.statistic === 'p95' ? { extendedStatistic: measure.statistic } : { statistic: measure.statistic }),
      dimensions: Object.fromEntries(Object.entries(measure.dimensions).map(([name, value]) => [name, known(value)])),
      comparisonOperator: bad.when === 'above' ? 'GreaterThanThreshold' : 'LessThanThreshold',
      threshold: bad.threshold,
      period: PERIOD_SECONDS,
      evaluationPeriods: Math.ceil((bad.forMinutes * 60) / PERIOD_SECONDS),
      treatMissingData: silence === 'bad' ? 'breaching' : 'notBreaching',
      alarmActions: actions,
      okActions: actions,
      tags: { severity },
    });
  }
}

/** The shortest period that costs nothing more, and that AWS's own metrics are sure to have a point in. */
const PERIOD_SECONDS = 300;
