import { Known } from './refs';

/**
 * What is watched, as rows: what is measured, when it is bad, what it means and what to do about it. Kinds bring their
 * rows; the renderer in `constructs/watch` knows no kind.
 */
export interface Signal {
  readonly id: string;
  /** What is happening, for the person who is woken. */
  readonly meaning: string;
  /** The first thing to do. */
  readonly todo: string;
  readonly severity: Severity;
  readonly measure: CloudWatchMeasure | PrometheusMeasure;
  readonly bad: {
    readonly when: 'above' | 'below';
    readonly threshold: number;
    readonly forMinutes: number;
  };
  /** What no data means: a probe that says nothing is broken, an idle queue is not. */
  readonly silence: 'fine' | 'bad';
}

/** What is only looked at: nobody is woken by it. */
export interface Chart {
  readonly title: string;
  readonly measure: CloudWatchMeasure;
}

export const SEVERITIES = ['page', 'ticket'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface CloudWatchMeasure {
  readonly source: 'cloudwatch';
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: 'Average' | 'Maximum' | 'Minimum' | 'Sum' | 'p95';
  readonly dimensions: Readonly<Record<string, Known>>;
}

export interface PrometheusMeasure {
  readonly source: 'prometheus';
  /** PromQL without the comparison: the threshold is `bad`'s. */
  readonly query: string;
}
