/**
 * A simulated cluster in a container, for tests with Testcontainers for Node.
 *
 * @packageDocumentation
 */
export {
  QumuloSimulatorContainer,
  type SimulatorConnection,
  StartedQumuloSimulatorContainer,
} from "./simulator-container.ts";
export { ControlClient, ControlRequestError } from "../simulator/control/client.ts";
