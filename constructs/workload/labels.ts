import { ProductSite } from '../../model/naming';

/** By what pods are found. Selectors can never change, so nothing that may change belongs here. */
export const selector = (service: string): Record<string, string> => ({ 'app.kubernetes.io/name': service });

export const labels = (site: ProductSite, service: string): Record<string, string> => ({
  ...selector(service),
  'app.kubernetes.io/part-of': site.product,
  'app.kubernetes.io/managed-by': 'groundplan',
});

export const originAnnotation = (origin: string): Record<string, string> => ({ 'groundplan.dev/origin': origin });
