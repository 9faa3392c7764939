import * as data from './data';
import { DataKindRow, DatumFacts } from './data/kind';
import { FieldTable, Values } from './fields';
import { RefTable } from './refs';
import * as services from './services';
import { ServiceFacts, ServiceFields, ServiceKindRow } from './services/kind';

/**
 * The kinds, as found in `data/` and `services/`: one line of each room's `index.ts` makes a kind. Every other table
 * of kinds in the project is a view of these two.
 */
export const dataKinds = data;
export const serviceKinds = services;

export type DataKind = keyof typeof dataKinds;
export type ServiceKind = keyof typeof serviceKinds;

type DataRow<K extends DataKind> = (typeof dataKinds)[K];
type ServiceRow<K extends ServiceKind> = (typeof serviceKinds)[K];

export type DataFields<K extends DataKind> = DataRow<K>['fields'];
export type ServiceKindFields<K extends ServiceKind> = ServiceRow<K>['fields'];
export type DataRefs<K extends DataKind> = DataRow<K>['refs'];
export type DataSettings<K extends DataKind> = Values<DataFields<K>>;
export type ServiceSettings<K extends ServiceKind> = Values<ServiceFields> & Values<ServiceKindFields<K>>;

/**
 * The rows without their particular fields, for code that must not know a kind. The rows' functions take the facts of
 * their own kind only, which the compiler cannot see through a look-up by name: these two are the one place to say so.
 */
export type AnyDataKindRow = DataKindRow<FieldTable, string, RefTable>;
export type AnyServiceKindRow = ServiceKindRow<FieldTable, string>;
export const dataKindRow = (kind: DataKind): AnyDataKindRow => dataKinds[kind] as unknown as AnyDataKindRow;
export const serviceKindRow = (kind: ServiceKind): AnyServiceKindRow =>
  serviceKinds[kind] as unknown as AnyServiceKindRow;
export type AnyDatumFacts = DatumFacts<FieldTable>;
export type AnyServiceFacts = ServiceFacts<FieldTable>;

export const dataKindNames = Object.keys(dataKinds).sort() as DataKind[];
export const serviceKindNames = Object.keys(serviceKinds).sort() as ServiceKind[];
export const isDataKind = (word: unknown): word is DataKind => dataKindNames.some((kind) => kind === word);
export const isServiceKind = (word: unknown): word is ServiceKind => serviceKindNames.some((kind) => kind === word);
