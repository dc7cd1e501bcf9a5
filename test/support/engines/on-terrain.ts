import { jest } from "@jest/globals";

// Imported before anything else, it makes `cdktf` mean `cdktn`, as in the published entry `cdktf-qumulo/cdktn`.
jest.doMock("cdktf", () => jest.requireActual("cdktn"));
