# cmake -DNAME=TABLE -DFOLDER=FOLDER -DFILES=A;B -DOUTPUT=FILE.c -P embed.cmake: FILES below FOLDER as a table in C of what
# base/embedded.h describes. A string ends in a NUL of its own.
set(arrays "")
set(rows "")
foreach(file ${FILES})
  file(READ ${FOLDER}/${file} bytes HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
  string(MAKE_C_IDENTIFIER ${file} variable)
  string(APPEND arrays "static const char ${variable}[] = \"${bytes}\";\n")
  string(APPEND rows "    {\"${file}\", ${variable}, sizeof ${variable} - 1},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"base/embedded.h\"\n\n${arrays}\nconst struct embedded ${NAME}[] = {\n${rows}    {0},\n};\n")
