import { Construct } from 'constructs';
import { DataKind, DataRefs } from '../../model/kinds';
import { RefValues } from '../../model/refs';
import { StoredDatumOf } from '../../model/resolved';
import * as builders from './index';
import { Surroundings } from './surroundings';

/** How a kind of datum is built: its resources below `scope`, and what AWS assigned to them. */
export type DatumBuilder<K extends DataKind> = (scope: Construct, datum: StoredDatumOf<K>, surroundings: Surroundings) => RefValues<DataRefs<K>>;

/** The compiler asks for a builder of every kind of the model. */
const BUILDERS: { readonly [K in DataKind]: DatumBuilder<K> } = builders;

export const buildDatum = <K extends DataKind>(scope: Construct, datum: StoredDatumOf<K>, surroundings: Surroundings): RefValues<DataRefs<K>> => {
  const build: DatumBuilder<K> = BUILDERS[datum.kind as K];
  return build(scope, datum, surroundings);
};
