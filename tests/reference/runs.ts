export * from '../../validation/systems/runs.js';
