import { describe, expect, test } from 'vitest';
import { Scheduler, type Priority, type Slice } from '../../../inference/session/scheduler.js';

/** Runs jobs that write down their steps. */
function logged(scheduler: Scheduler, steps: string[]) {
  return (priority: Priority, name: string, body: (slice: Slice) => Promise<void> = () => Promise.resolve()) =>
    scheduler.run(priority, async (slice) => {
      steps.push(`${name} starts`);
      await body(slice);
      steps.push(`${name} ends`);
    });
}

describe('Scheduler', () => {
  test('runs one job at a time, the most urgent first, equals in order', async () => {
    const scheduler = new Scheduler();
    const steps: string[] = [];
    const run = logged(scheduler, steps);
    const first = run('ingestion', 'edit', () => Promise.resolve());
    await Promise.all([
      first,
      run('ingestion', 'edit 2'),
      run('chat', 'chat'),
      run('completion', 'completion'),
      run('chat', 'chat 2'),
    ]);
    expect(steps.filter((step) => step.endsWith('starts'))).toEqual(
      ['edit', 'completion', 'chat', 'chat 2', 'edit 2'].map((name) => `${name} starts`),
    );
  });

  test('inside an event only a completion may step in', async () => {
    const scheduler = new Scheduler();
    const steps: string[] = [];
    const run = logged(scheduler, steps);
    const others: Promise<void>[] = [];
    await run('ingestion', 'edit', async (slice) => {
      others.push(run('chat', 'chat'), run('completion', 'completion'));
      await slice.stepAside('event');
      steps.push('edit goes on');
      await slice.stepAside('stream');
    });
    await Promise.all(others);
    expect(steps).toEqual([
      'edit starts',
      'completion starts',
      'completion ends',
      'edit goes on',
      'chat starts',
      'chat ends',
      'edit ends',
    ]);
  });

  test('a completion does not interrupt a completion', async () => {
    const scheduler = new Scheduler();
    const steps: string[] = [];
    const run = logged(scheduler, steps);
    let second = Promise.resolve();
    await run('completion', 'first', async (slice) => {
      second = run('completion', 'second');
      await slice.stepAside('event');
    });
    await second;
    expect(steps).toEqual(['first starts', 'first ends', 'second starts', 'second ends']);
  });

  test('a job that is cancelled while it waits never runs', async () => {
    const scheduler = new Scheduler();
    const steps: string[] = [];
    const run = logged(scheduler, steps);
    const controller = new AbortController();
    let waiting: Promise<unknown> = Promise.resolve();
    await run('chat', 'chat', async (slice) => {
      waiting = scheduler.run('completion', () => Promise.resolve(steps.push('never')), controller.signal);
      waiting.catch(() => undefined);
      controller.abort(new Error('newer keystroke'));
      await slice.stepAside('event');
    });
    await expect(waiting).rejects.toThrow('newer keystroke');
    expect(steps).toEqual(['chat starts', 'chat ends']);
  });

  test('a job that fails does not stop the next', async () => {
    const scheduler = new Scheduler();
    const failing = scheduler.run('chat', () => Promise.reject(new Error('broken')));
    const next = scheduler.run('chat', () => Promise.resolve('fine'));
    await expect(failing).rejects.toThrow('broken');
    await expect(next).resolves.toBe('fine');
    await scheduler.whenIdle();
    expect(scheduler.busy).toBe(false);
  });

  test('after its end nothing starts', async () => {
    const scheduler = new Scheduler();
    scheduler.dispose(new Error('closing'));
    await expect(scheduler.run('chat', () => Promise.resolve())).rejects.toThrow('closing');
  });
});
