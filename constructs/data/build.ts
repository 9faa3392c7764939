import { Construct } from 'constructs';
import { DataKind, DataRefs } from '../../model/kinds';
import { RefValues } from '../../model/refs';
import { StoredDatumOf } from '../../model/resolved';
import { DatumBuilder, Surroundings } from './builder';
import * as builders from './index';

/** The compiler asks for a builder of every kind of the model. */
const BUILDERS: { readonly [K in DataKind]: DatumBuilder<K> } = builders;

export const buildDatum = <K extends DataKind>(
  scope: Construct,
  datum: StoredDatumOf<K>,
  surroundings: Surroundings,
): RefValues<DataRefs<K>> => {
  const build: DatumBuilder<K> = BUILDERS[datum.kind as K];
  return build(scope, datum, surroundings);
};
