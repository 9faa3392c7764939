import { resolvePlatforms } from '../model';
import { platformImages } from '../model/images';
import { platforms } from '../platforms';
import { Arguments } from './arguments';
import { UserError } from './user-error';

/**
 * `groundplan images`: what has to lie in a platform's registry before its controllers are installed, as commands that
 * copy it there, every architecture of it. Who runs them needs the internet, which nodes may not have.
 */
export const images = ({ names: args }: Arguments): Promise<number> => {
  const all = resolvePlatforms(platforms).map(({ facts }) => facts);
  const unknown = args.filter((arg) => !all.some(({ platform }) => platform === arg));
  if (unknown.length > 0)
    throw new UserError(
      `no platform is called ${unknown.join(', ')}; there are ${all.map(({ platform }) => platform).join(', ')}`,
    );
  for (const facts of all.filter(({ platform }) => args.length === 0 || args.includes(platform)))
    for (const { source, repository, tag } of platformImages(facts))
      console.log(`crane copy ${source} ${repository}:${tag}`);
  return Promise.resolve(0);
};
