import { Command, type Option } from "commander";

declare module "commander" {
  // What Commander itself calls for wrong flags; its types leave both out.
  interface Command {
    unknownOption(flag: string): void;
    missingMandatoryOptionValue(option: Option): void;
  }
}

/** A program, or a command of it, that says what is wrong with its flags first, and never repeats a flag's value. */
export class Program extends Command {
  /** Commands of this program are of the same kind. */
  override createCommand(name?: string): Program {
    return new Program(name);
  }

  /** A flag that is written `--name=value` is named alone: its neighbor is found, and the value may be secret. */
  override unknownOption(flag: string): void {
    super.unknownOption(flag.replace(/=.*/s, ""));
  }

  /** A flag that is missing may be the one that is misspelled. */
  override missingMandatoryOptionValue(option: Option): void {
    const unknown = this.args.find((argument) => argument.startsWith("-") && argument !== "-" && argument !== "--");
    if (unknown !== undefined) this.unknownOption(unknown);
    super.missingMandatoryOptionValue(option);
  }
}
