import { ServiceKind } from '../../model/kinds';
import { ResolvedServiceOf } from '../../model/resolved';
import { ServiceBuilder } from './builder';
import * as builders from './index';

/** The compiler asks for a builder of every kind of the model. */
const BUILDERS: { readonly [K in ServiceKind]: ServiceBuilder<K> } = builders;

export const serviceBuilder = <K extends ServiceKind>(service: ResolvedServiceOf<K>): ServiceBuilder<K> =>
  BUILDERS[service.kind as K];
