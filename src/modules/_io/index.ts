/** The module `_io`: all of `io`'s classes and functions. */
import { fn, newModule } from "../../objects/define.ts";
import { blockingIOErrorType } from "../../objects/exceptions/types.ts";
import { DEFAULT_BUFFER_SIZE, bufferedIOBaseType, rawIOBaseType, textIOBaseType } from "./abstract.ts";
import { bufferedRandomType, bufferedReaderType, bufferedWriterType } from "./buffered-types.ts";
import { bytesIOType } from "./bytes-io.ts";
import { fileIOType } from "./file-io.ts";
import { ioBaseType } from "./io-base.ts";
import { newlineDecoderType } from "./newlines.ts";
import { open, openCode, textEncoding } from "./open.ts";
import { rwPairType } from "./rw-pair.ts";
import { unsupportedOperationType } from "./state.ts";
import { stringIOType } from "./string-io.ts";
import { textIOWrapperType } from "./text-wrapper.ts";

const OPEN =
  "($module, /, file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)";

export const ioModule = newModule("_io", {
  doc: "The io module provides the Python interfaces to stream handling.",
  functions: () => ({
    open: fn(OPEN, open, "Open file and return a stream.  Raise OSError upon failure."),
    open_code: fn("($module, /, path)", openCode, "Opens the provided file with the intent to import the contents."),
    text_encoding: fn(
      "($module, encoding, stacklevel=2, /)",
      textEncoding,
      "A helper function to choose the text encoding.",
    ),
  }),
  attributes: () => ({
    DEFAULT_BUFFER_SIZE,
    BlockingIOError: blockingIOErrorType,
    UnsupportedOperation: unsupportedOperationType(),
    _IOBase: ioBaseType,
    _RawIOBase: rawIOBaseType,
    _BufferedIOBase: bufferedIOBaseType,
    _TextIOBase: textIOBaseType,
    FileIO: fileIOType,
    BytesIO: bytesIOType,
    StringIO: stringIOType,
    BufferedReader: bufferedReaderType,
    BufferedWriter: bufferedWriterType,
    BufferedRandom: bufferedRandomType,
    BufferedRWPair: rwPairType,
    TextIOWrapper: textIOWrapperType,
    IncrementalNewlineDecoder: newlineDecoderType,
  }),
});
