import express from 'express';
import Router from 'express-promise-router';
import { ForgeServices } from './ForgeServices';
import { createApiRouter } from './http/createApiRouter';
import { createGitRouter } from './http/createGitRouter';
import { createPagesRouter } from './http/createPagesRouter';

/**
 * Everything the forge answers to.
 *
 * @internal
 */
export function createRouter(services: ForgeServices): express.Router {
  const router = Router();
  router.use('/api/v1', createApiRouter(services));
  router.use(createGitRouter(services));
  router.use(createPagesRouter(services));
  return router;
}
