import { TestDatabases } from '@backstage/backend-test-utils';

export const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
});
