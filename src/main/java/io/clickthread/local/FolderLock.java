package io.clickthread.local;

import io.clickthread.system.StartupRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Says that a folder is in use, to other processes. The operating system takes the lock back when its process ends,
 * however it ends, so a lock that is held belongs to somebody who lives.
 */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    /**
     * Takes the folder, and makes it if there is none.
     *
     * @throws StartupRefused if another process has it, or this user may not write there
     */
    FolderLock(Path folder) throws IOException {
        FileChannel opened = null;
        FileLock taken = null;
        try {
            Files.createDirectories(folder, forItsOwnerOnly(folder));
            opened = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            taken = opened.tryLock();
        } catch (OverlappingFileLockException e) {
            taken = null; // another database of this very process
        } catch (AccessDeniedException e) {
            throw new StartupRefused("this user may not write to " + folder + ", where the database lives: name another folder "
                    + "with CLICKTHREAD_DATA_DIR, or become its owner");
        }
        if (taken == null) {
            opened.close();
            throw new StartupRefused("another Clickthread runs already with the data in " + folder + ": stop that one first, or "
                    + "name another folder with CLICKTHREAD_DATA_DIR");
        }
        this.channel = opened;
    }

    private static FileAttribute<?>[] forItsOwnerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix") ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))} : new FileAttribute<?>[0];
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
