package io.clickthread.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.clickthread.support.Sources;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Every public type and every public method in it says what it is for; what an interface says counts for its methods. */
class PublicTypesAreExplainedTest {

    @Test
    void everyPublicTypeAndMethodHasItsJavadoc() throws IOException {
        assertThat(unexplained(Sources.java().stream().map(PublicTypesAreExplainedTest::source).toList())).isEmpty();
    }

    @Test
    void whatIsNotExplainedIsFound() throws IOException {
        String text = "public class Thing { public void say() { } /** Explained. */ public void tell() { }"
                + " @Override public String toString() { return \"\"; } void own() { } }";
        assertThat(unexplained(List.of(source("Thing.java", text)))).containsExactly("Thing", "Thing.say");
    }

    private static List<String> unexplained(List<JavaFileObject> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, sources);
        DocTrees docs = DocTrees.instance(task);
        List<String> found = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            new TreePathScanner<Void, String>() {
                @Override
                public Void visitClass(ClassTree type, String outer) {
                    String name = outer.isEmpty() ? type.getSimpleName().toString() : outer + "." + type.getSimpleName();
                    if (!isPublic(type.getModifiers())) {
                        return null; // and so is all within
                    }
                    check(name);
                    return super.visitClass(type, name);
                }

                @Override
                public Void visitMethod(MethodTree method, String outer) {
                    boolean inherits = method.getModifiers().getAnnotations().stream()
                            .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
                    if (isPublic(method.getModifiers()) && !inherits && method.getReturnType() != null) {
                        check(outer + "." + method.getName());
                    }
                    return null;
                }

                private void check(String name) {
                    TreePath path = getCurrentPath();
                    if (docs.getDocComment(path) == null) {
                        found.add(name);
                    }
                }
            }.scan(unit, "");
        }
        return found;
    }

    private static boolean isPublic(ModifiersTree modifiers) {
        return modifiers.getFlags().contains(Modifier.PUBLIC);
    }

    private static JavaFileObject source(Path file) {
        try {
            return source(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
