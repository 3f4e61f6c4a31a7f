import {
  coreServices,
  createServiceFactory,
  RootLoggerService,
} from '@backstage/backend-plugin-api';
import { inspect } from 'node:util';

/** Keeps everything that is logged, with all that goes with it. */
export class RecordingLogger implements RootLoggerService {
  constructor(private readonly lines: string[] = []) {}

  readonly error = (message: string, meta?: object) => this.add(message, meta);
  readonly warn = this.error;
  readonly info = this.error;
  readonly debug = this.error;

  child(): RecordingLogger {
    return this;
  }

  get text(): string {
    return this.lines.join('\n');
  }

  get factory() {
    return createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () => this,
    });
  }

  private add(message: unknown, meta?: object): void {
    this.lines.push(
      `${inspect(message, { depth: 10 })} ${inspect(meta, { depth: 10 })}`,
    );
  }
}
