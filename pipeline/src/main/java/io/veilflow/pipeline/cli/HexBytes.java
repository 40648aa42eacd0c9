package io.veilflow.pipeline.cli;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Bytes on the command line: pairs of hexadecimal digits, with or without 0x before them. */
final class HexBytes implements ITypeConverter<ByteString> {
    @Override
    public ByteString convert(String text) {
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        if (digits.length() % 2 != 0 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new TypeConversionException("not an even number of hexadecimal digits");
        }
        return ByteString.copyFrom(HexFormat.of().parseHex(digits));
    }
}
