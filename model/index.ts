/**
 * The declaration's two doors: `defineProduct` and `definePlatform` for the compiler, `resolve` and `resolvePlatform`
 * for whatever comes without types.
 */
export { defineProduct, definePlatform, deploy } from './declaration';
export type { PlatformDeclaration, ProductDeclaration, Overrides } from './declaration';
export { DeclarationError, sentence } from './problems';
export type { Problem } from './problems';
export { resolve, resolvePlatform, resolvePlatforms } from './resolve/platform';
export type { Ledger } from './ledger';
export type { ResolvedPlatform, ResolvedProduct } from './resolved';
