import { PlatformDeclaration } from '../model';
import { dev } from './dev';
import { production } from './production';
import { staging } from './staging';

/** What this repository rolls out. */
export const platforms: readonly PlatformDeclaration[] = [dev, staging, production];
