import { deploy } from '../../../model';
import { shop } from '../../../products/shop';

// refused: Property 'images' is missing
export const deployment = deploy(shop, {});
