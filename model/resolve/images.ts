import { recordAt, refuseUnknown } from '../read-fields';
import { EMPTY } from '../plain';
import { Report, refusal } from '../problems';
import { shown } from '../words';
import { PlatformContext } from './context';

const BY_DIGEST = /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+(:[\w.-]+)?@sha256:[0-9a-f]{64}$/;
const BY_TAG = /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+:(?!latest$)[\w.-]+$/;

// The length first: patterns take long over a text that nobody meant as an image.
const isImage = (raw: unknown, platform: PlatformContext): raw is string =>
  typeof raw === 'string' &&
  raw.length <= LONGEST_IMAGE &&
  (BY_DIGEST.test(raw) || (platform.class !== 'production' && BY_TAG.test(raw)));

const isWithinReach = (image: string, { endpoints, region }: PlatformContext): boolean =>
  !endpoints || region === undefined || new RegExp(`^\\d{12}\\.dkr\\.ecr\\.${region}\\.amazonaws\\.com/`).test(image);

const LONGEST_IMAGE = 512;

/** The image of each service. In production only a digest names the same bytes tomorrow. */
export const readImages = (
  raw: unknown,
  services: readonly string[],
  platform: PlatformContext,
  report: Report,
): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  const images = raw === undefined && services.length === 0 ? EMPTY : recordAt(raw, report, '{ service: image }');
  if (!images) return found;
  const meant = refuseUnknown(images, services, report, 'a service of this product');
  const allowed =
    platform.class === 'production'
      ? 'must be an image by digest (registry/name@sha256: and 64 digits)'
      : 'must be an image by digest or by a fixed tag (registry/name:1.2.3)';
  for (const service of services) {
    const image = images[service];
    if (isImage(image, platform) && isWithinReach(image, platform)) found.set(service, image);
    else if (isImage(image, platform))
      report.at(service).add({
        seen: shown(image),
        allowed: `must come from Amazon ECR in ${platform.region}, because nodes behind endpoints reach no other registry`,
        change: 'push it there, or let ECR keep a copy by a pull-through rule',
      });
    else if (image !== undefined || !meant.has(service))
      report
        .at(service)
        .add(
          refusal(
            image,
            allowed,
            image === undefined ? 'add the image that this platform runs' : 'write the image that the build pushed',
          ),
        );
  }
  return found;
};
