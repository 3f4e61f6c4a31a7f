import { usePages } from '../palette/usePages';

/** Where golden paths are started in this app. */
export const useCreatePath = () => usePages().createPath;
