import { TestEnvironment } from 'jest-environment-node';

/** As jest's own, but the error of a test that fails ends with what the commands said that it ran: durability/command.ts puts it into `said`. */
export default class extends TestEnvironment {
  handleTestEvent({ name, error }) {
    if (name === 'test_done') this.global.said = [];
    if (name !== 'test_fn_failure' && name !== 'hook_failure') return;
    const said = (this.global.said ?? []).map((text) => text());
    if (said.length === 0 || typeof error?.stack !== 'string') return;
    error.stack = error.stack.replace(error.message, (message) => [message, ...said].join('\n\n'));
  }
}
