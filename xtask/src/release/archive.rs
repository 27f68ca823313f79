//! Archives: a folder as `.tar.gz`, the same bytes for the same files, and what is in one.

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder, read::GzDecoder};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The contents of an archive by name, without the folder that all of it is in.
pub type Contents = BTreeMap<String, Vec<u8>>;

/// Packs the files of a folder, except those of some folders in it, into one that is
/// named after the archive.
pub fn pack(folder: &Path, without: &[&str], archive: &Path) -> Result<()> {
    let mut files = Vec::new();
    list(folder, Path::new(""), &mut files)?;
    files.retain(|file| !without.iter().any(|name| file.starts_with(name)));
    files.sort();
    let name = archive.file_name().unwrap_or_default().to_string_lossy();
    let root = PathBuf::from(name.trim_end_matches(".tar.gz"));
    let out = File::create(archive).with_context(|| archive.display().to_string())?;
    // Without the time at which it is packed.
    let packed = GzBuilder::new().mtime(0).write(out, Compression::best());
    let mut tar = tar::Builder::new(packed);
    for file in files {
        let content = fs::read(folder.join(&file))?;
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, root.join(&file), content.as_slice())?;
    }
    tar.into_inner()?.finish()?;
    Ok(())
}

fn list(folder: &Path, below: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            list(folder, &path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Reads a `.tar.gz`, by whatever name it goes.
pub fn read(archive: &Path) -> Result<Contents> {
    let file = File::open(archive).with_context(|| archive.display().to_string())?;
    let mut contents = Contents::new();
    for entry in tar::Archive::new(GzDecoder::new(file)).entries()? {
        let mut entry = entry?;
        let path = entry.path()?.components().skip(1).collect::<PathBuf>();
        let mut content = Vec::new();
        entry.read_to_end(&mut content)?;
        contents.insert(path.to_string_lossy().replace('\\', "/"), content);
    }
    Ok(contents)
}

/// Unpacks a `.tar.gz` into a folder.
///
/// # Errors
/// When it cannot be read, or the folder not written.
pub fn unpack(archive: &Path, to: &Path) -> Result<()> {
    let file = File::open(archive).with_context(|| archive.display().to_string())?;
    tar::Archive::new(GzDecoder::new(file)).unpack(to)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_are_the_same_archive() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("archive-{}", std::process::id()));
        fs::create_dir_all(folder.join("site/deep"))?;
        fs::create_dir_all(folder.join("site/not"))?;
        for (name, content) in [("a.txt", "1"), ("deep/b.txt", "2"), ("not/c.txt", "3")] {
            fs::write(folder.join("site").join(name), content)?;
        }
        let archive = folder.join("x-1.tar.gz");
        pack(&folder.join("site"), &["not"], &archive)?;
        let (first, contents) = (fs::read(&archive)?, read(&archive)?);
        let expected = Contents::from([
            ("a.txt".into(), b"1".to_vec()),
            ("deep/b.txt".into(), b"2".to_vec()),
        ]);
        assert_eq!(contents, expected);
        pack(&folder.join("site"), &["not"], &archive)?;
        assert_eq!(first, fs::read(&archive)?);
        unpack(&archive, &folder)?;
        assert_eq!(fs::read(folder.join("x-1/deep/b.txt"))?, b"2");
        fs::remove_dir_all(folder)?;
        Ok(())
    }
}
