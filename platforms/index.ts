import { PlatformDeclaration } from '../model';
import { production } from './production';

/** Every platform that is synthesized. */
export const platforms: readonly PlatformDeclaration[] = [production];
