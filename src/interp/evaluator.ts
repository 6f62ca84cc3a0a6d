/** The interpreter as objects see it: calls of Python code from native code. */
import { run } from "../generated/interpreter.ts";
import type { PyCell } from "../objects/cell.ts";
import type { PyCode } from "../objects/code.ts";
import {
  END,
  EXC,
  type End,
  type Exc,
  type KwNames,
  type Namespace,
  type Result,
  type Value,
} from "../objects/core.ts";
import type { PyDict } from "../objects/dict.ts";
import { type PyFrame, showFrames } from "../objects/frame.ts";
import { PyFunction } from "../objects/function.ts";
import { GEN_CHAINED, GEN_CREATED, GEN_FINISHED, type PyGenerator } from "../objects/generator.ts";
import { type Evaluator, rt } from "../objects/runtime.ts";
import type { TraceCompiler } from "../objects/tracing.ts";
import { builtinsOf } from "./builtins-of.ts";
import { frameWithArguments } from "./arguments.ts";
import { canRunChain, unlink } from "../objects/generator/chain.ts";
import {
  checkResumable,
  delegate,
  makeGeneratorOf,
  onlyMakesGenerator,
  resumeFrame,
  resumeFrameThrowing,
} from "./generators.ts";
import { framePlain, recursionError } from "./push-frame.ts";
import { RUN_STACK } from "./run-callee.ts";

/**
 * Runs a frame to its end, on top of the running one. `start`: the frame in which it goes on, so many `links` above, where
 * it is the root of a chain.
 */
function runEntry(frame: PyFrame, throwing: boolean, start = frame, links = 0): Result | End {
  frame.isEntry = true;
  frame.back = rt.frame;
  rt.frame = start;
  rt.depth += links + 1;
  rt.compiledStack += RUN_STACK;
  if (throwing && rt.monitor !== null) rt.monitor.thrown(frame);
  const result = run(frame, throwing);
  rt.compiledStack -= RUN_STACK;
  return result;
}

export class InterpreterEvaluator implements Evaluator {
  callFunction(func: PyFunction, args: Value[], kwnames: KwNames): Result {
    if (rt.depth >= rt.recursionLimit) return recursionError(null);
    const frame = frameWithArguments(func, undefined, args, 0, args.length, kwnames);
    if (frame === EXC) return EXC;
    const isSeen = rt.monitor !== null || rt.jit?.isWatching === true;
    if (!isSeen && onlyMakesGenerator(frame.code)) return makeGeneratorOf(frame);
    const isCompiled = frame.code.entry !== null && rt.compiledStack < rt.compiledStackLimit;
    return isCompiled && !isSeen && rt.jit !== null ? rt.jit.call(frame) : (runEntry(frame, false) as Result);
  }

  evalCode(code: PyCode, globals: PyDict, locals: Namespace | Value, closure?: Value[]): Result {
    if (rt.depth >= rt.recursionLimit) return recursionError(null);
    const func = new PyFunction(code, globals, builtinsOf(globals));
    if (closure !== undefined) func.closure = closure as PyCell[];
    const frame = framePlain(func);
    frame.locals = locals;
    return runEntry(frame, false) as Result;
  }

  resume(generator: PyGenerator, value: Value, throwing: boolean): Result | End {
    if (generator.state === GEN_FINISHED) {
      if (throwing) return EXC;
      generator.returned = null;
      return END;
    }
    const pending = rt.exc;
    if (throwing) rt.exc = null;
    if (!checkResumable(generator)) return EXC;
    if (generator.state === GEN_CHAINED) {
      if (!throwing && rt.monitor === null && canRunChain(generator)) {
        const { leaf, links } = generator;
        return runEntry(resumeFrame(generator, value), false, (leaf as PyGenerator).frame, links);
      }
      unlink(generator);
    }
    if (!throwing) {
      const frame = resumeFrame(generator, value);
      return frame.code.resumes === null || rt.monitor !== null
        ? runEntry(frame, false)
        : (rt.jit as TraceCompiler).resume(frame);
    }
    rt.exc = pending;
    if (generator.state === GEN_CREATED) return this.throwIntoFresh(generator);
    return runEntry(resumeFrameThrowing(generator), true);
  }
  /** Not started yet: no handler can be in the way, but the traceback shows the frame. */
  private throwIntoFresh(generator: PyGenerator): Exc {
    return runEntry(resumeFrameThrowing(generator), true) as Exc;
  }

  delegate(generator: PyGenerator): Value {
    return delegate(generator);
  }
  currentFrame(): PyFrame | null {
    return showFrames(rt.frame);
  }
  builtinsOf(globals: PyDict): PyDict {
    return builtinsOf(globals);
  }
  currentGlobals(): PyDict | null {
    return rt.frame === null ? null : rt.frame.globals;
  }
}
