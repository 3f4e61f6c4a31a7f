import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { MetricsServiceObservableCallback } from '@backstage/backend-plugin-api/alpha';
import { ScorecardMetrics } from './ScorecardMetrics';

describe('ScorecardMetrics', () => {
  it('has few labels, whatever collectors are called', () => {
    const counter = { add: jest.fn() };
    const metrics = new ScorecardMetrics({
      metrics: metricsServiceMock.mock({ createCounter: () => counter }),
      collectorIds: () => ['catalog'],
    });
    for (const collectorId of ['catalog', 'made-up', undefined]) {
      metrics.factsReceived({ result: 'accepted', collectorId, count: 2 });
    }
    metrics.factsReceived({ result: 'rejected', count: 0 });
    expect(counter.add.mock.calls).toEqual([
      [2, { result: 'accepted', via: 'catalog' }],
      [2, { result: 'accepted', via: 'other' }],
      [2, { result: 'accepted', via: 'push' }],
    ]);
  });

  it('reads the queue once for both of its gauges', async () => {
    const callbacks: MetricsServiceObservableCallback[] = [];
    const metrics = new ScorecardMetrics({
      metrics: metricsServiceMock.mock({
        createObservableGauge: () => ({
          addCallback: callback => callbacks.push(callback),
          removeCallback: () => {},
        }),
      }),
      collectorIds: () => [],
    });
    let reads = 0;
    metrics.observeQueue(async () => {
      reads += 1;
      return { due: 7, oldestAge: 1500 };
    });
    const observed: number[] = [];
    await Promise.all(
      callbacks.map(callback =>
        callback({ observe: value => observed.push(value) }),
      ),
    );
    expect(observed).toEqual([7, 1.5]);
    expect(reads).toBe(1);
  });
});
