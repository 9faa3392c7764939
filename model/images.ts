import { Site, imageRepository } from './naming';
import { CLUSTER_AUTOSCALER, IMAGES, KubernetesVersion } from './versions';

export type ImageName = keyof typeof IMAGES | 'cluster-autoscaler';

/** An image of the platform's own: where it is copied from, and where its nodes find it. */
export interface PlatformImage {
  readonly name: ImageName;
  readonly source: string;
  readonly repository: string;
  readonly tag: string;
}

type OnKubernetes = Site & { readonly kubernetes: { readonly control: KubernetesVersion } };

/** Every image that the platform runs besides what EKS brings. The same on every platform of one Kubernetes version. */
export const platformImages = (site: OnKubernetes): readonly PlatformImage[] =>
  [...Object.entries(IMAGES), ['cluster-autoscaler', autoscaler(site)] as const]
    .map(([name, { from, tag }]) => ({
      // Names are keys of the table, which `Object.entries` forgets.
      name: name as ImageName,
      source: `${from}:${tag}`,
      repository: imageRepository(site, name),
      tag,
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));

export const platformImage = (site: OnKubernetes, name: ImageName): PlatformImage => {
  const image = platformImages(site).find((candidate) => candidate.name === name);
  if (!image) throw new Error(`no image is called ${name}`);
  return image;
};

const autoscaler = ({ kubernetes }: OnKubernetes): { readonly from: string; readonly tag: string } => ({
  from: CLUSTER_AUTOSCALER.from,
  tag: CLUSTER_AUTOSCALER.tags[kubernetes.control],
});
