import { recordAt, refuseUnknown } from '../fields';
import { Report } from '../problems';
import { shown } from '../words';
import { PlatformContext } from './context';

const BY_DIGEST = /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+(:[\w.-]+)?@sha256:[0-9a-f]{64}$/;
const BY_TAG = /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+:(?!latest$)[\w.-]+$/;

/** The image of each service. In production only a digest names the same bytes tomorrow. */
export const readImages = (raw: unknown, services: readonly string[], platform: PlatformContext, report: Report): ReadonlyMap<string, string> => {
  const images = recordAt(raw ?? {}, report) ?? {};
  refuseUnknown(images, services, report);
  const found = new Map<string, string>();
  for (const service of services) {
    const image = images[service];
    const valid = typeof image === 'string' && (BY_DIGEST.test(image) || (platform.class !== 'production' && BY_TAG.test(image)));
    if (valid) found.set(service, image);
    else {
      const allowed = platform.class === 'production' ? 'must be an image by digest (registry/name@sha256:…)' : 'must be an image by digest or by a fixed tag (registry/name:1.2.3)';
      report.at(service).add({ seen: shown(image), allowed, change: image === undefined ? 'add the image that this platform runs' : 'write the image that the build pushed' });
    }
  }
  return found;
};
